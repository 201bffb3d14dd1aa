"""Compares two databases with Alembic's autogenerate: alembic-compare.py URL URL; prints how many differences.

Defaults are left out: Alembic asks the server to compare those of models, and can't do that with reflected ones.
"""
import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine

wanted = MetaData()
wanted.reflect(create_engine(sys.argv[2]))
with create_engine(sys.argv[1]).connect() as connection:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    print(len(compare_metadata(context, wanted)), "differences")
