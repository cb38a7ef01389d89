import pytest
import spacy

from taskie.errors import ModelError
from taskie.ner.component import CONFIDENCE, build_pipeline

TEXT = "会同省财政厅推进项目，全年新增平台12家以上。"


@pytest.fixture(scope="module")
def nlp():
    return build_pipeline()


def test_entities_stand_in_doc_ents_with_confidence(nlp):
    doc = nlp(TEXT)
    assert ("QUANTITY", "12家以上") in {(e.label_, e.text) for e in doc.ents}
    assert all(0 <= e._.get(CONFIDENCE) <= 1 for e in doc.ents)
    assert doc.user_data["taskie_expanded"] == 0


def test_predict_changes_nothing(nlp):
    doc = nlp.make_doc(TEXT)
    component = nlp.get_pipe("taskie_tagger")
    assert component.predict([doc])[0]
    assert doc.ents == ()


def test_pipe_gives_the_same_as_one_by_one(nlp):
    texts = [TEXT, "", TEXT * 3]
    assert [[(e.start_char, e.label_) for e in doc.ents] for doc in nlp.pipe(texts)] == [
        [(e.start_char, e.label_) for e in nlp(text).ents] for text in texts
    ]


def test_saved_pipeline_loads_with_the_same_entities(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert [(e.text, e.label_) for e in again(TEXT).ents] == [(e.text, e.label_) for e in nlp(TEXT).ents]


def test_factory_is_found_by_its_entry_point():
    assert "taskie_tagger" in spacy.blank("zh").add_pipe("taskie_tagger").name


def test_folder_that_is_no_model_is_refused(tmp_path):
    with pytest.raises(ModelError):
        build_pipeline(tmp_path)


def test_coarser_tokens_widen_the_entity_and_count_it():
    nlp = spacy.blank("en")
    nlp.add_pipe("taskie_tagger")
    doc = nlp(TEXT)
    assert doc.user_data["taskie_expanded"] > 0
