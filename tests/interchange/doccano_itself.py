"""Take a file through the import and export of doccano itself; run by a Python that has doccano, without a server.

    python doccano_itself.py IN.jsonl OUT_FOLDER [FIELD=VALUE ...]

writes what doccano hands out (a .zip) into OUT_FOLDER and prints its import errors as JSON. Fields are the project's.
"""

import json
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path


def start(folder):
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings.production", DATABASE_URL=f"sqlite:///{folder}/doccano.db"
    )
    os.environ["MEDIA_ROOT"] = str(folder)
    sys.path.insert(0, find_spec("backend").submodule_search_locations[0])
    import django
    from django.core import management

    django.setup()
    management.call_command("migrate", verbosity=0)
    management.call_command("create_roles", verbosity=0)


def project_of(fields):
    from django.contrib.auth import get_user_model
    from projects.models import Member, ProjectType, SequenceLabelingProject
    from roles.models import Role

    user = get_user_model().objects.create_user(username="clerk", password="clerk")
    project = SequenceLabelingProject.objects.create(
        name="notices", description="-", project_type=ProjectType.SEQUENCE_LABELING, created_by=user, **fields
    )
    Member.objects.get_or_create(project=project, user=user, role=Role.objects.get(name="project_admin"))
    return project, user


def main(source, folder, *settings):
    start(folder)
    from data_export.celery_tasks import export_dataset
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import RELATION_EXTRACTION, create_file_format
    from data_import.pipeline.readers import FileName

    wanted = dict(setting.split("=") for setting in settings)
    fields = {"allow_overlapping": True, "use_relation": True, "collaborative_annotation": True}
    project, user = project_of({**fields, **{key: value == "True" for key, value in wanted.items()}})
    file = FileName(full_path=source, generated_name="in.jsonl", upload_name="in.jsonl")
    dataset = load_dataset(RELATION_EXTRACTION, create_file_format("JSONL"), [file], project)
    dataset.save(user)
    shutil.move(export_dataset(project.id, "JSONL"), Path(folder) / "export.zip")
    print(json.dumps([error.dict() for error in dataset.errors]))


if __name__ == "__main__":
    main(*sys.argv[1:])
