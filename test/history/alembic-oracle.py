"""Answers graph queries with Alembic's own revision map. One JSON document a line in, one a line out."""
import json
import sys
import warnings

from alembic.script.revision import Revision, RevisionMap
from alembic.util.exc import CommandError
from alembic.script.revision import RevisionError

warnings.simplefilter("ignore")


def answer(graph, query):
    current = tuple(query["current"]) or None
    try:
        # Several targets are a tuple, as alembic's own command line makes one of them.
        target = tuple(query["target"].split()) if " " in query["target"] else query["target"]
        if query["verb"] == "upgrade":
            found = graph.iterate_revisions(target, current, implicit_base=True)
        else:
            found = graph.iterate_revisions(current, target, select_for_downgrade=True)
        return {"ids": [revision.revision for revision in found]}
    except (CommandError, RevisionError, KeyError, AssertionError, TypeError, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    case = json.loads(line)
    revisions = [
        Revision(
            r["id"],
            tuple(r["parents"]) or None,
            dependencies=tuple(r["dependsOn"]) or None,
            branch_labels=tuple(r["labels"]) or None,
        )
        for r in case["revisions"]
    ]
    graph = RevisionMap(lambda: revisions)
    print(json.dumps({"heads": sorted(graph.heads), "answers": [answer(graph, q) for q in case["queries"]]}))
