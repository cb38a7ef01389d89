"""Check tasks against their labelling interface with Label Studio's own validators; run by a Python that has its SDK.

python label_studio_itself.py TASKS.json CONFIG.xml     prints the faults as a JSON list
"""

import json
import sys
from pathlib import Path

from label_studio_sdk.label_interface import LabelInterface


def main(tasks, config):
    interface = LabelInterface(Path(config).read_text(encoding="utf-8"))
    interface.validate()
    faults = []
    for task in json.loads(Path(tasks).read_text(encoding="utf-8")):
        if not interface.validate_task({"data": task["data"]}):
            faults.append("the data do not fit the configuration")
        for done in task.get("predictions", []) + task.get("annotations", []):
            faults += interface.validate_prediction(done, return_errors=True)
    print(json.dumps(faults))


if __name__ == "__main__":
    main(*sys.argv[1:])
