"""A progress table with a cell a line, below a caption and headings that no list has; for several tests."""

CELLS = """年中工作进展
序号
工作事项
责任科局
会办单位
节点
现况
是否销号
1
修缮村级卫生室14间，配齐常用药品
县卫健局
县财政局、青溪镇政府
8月底
已修缮9间，其余正在招标
未销号
2
新开城乡公交线路3条，更新候车亭
县交通局
县公安局
长期坚持
两条线路试运行，候车亭完成选址
已销号
"""
