"""Vacancies"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "source_progress",
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("position", sa.JSON(), nullable=True),
        sa.Column("pass_began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("source", "region", name=op.f("pk_source_progress")),
    )
    op.create_table(
        "vacancies",
        sa.Column("id", row_id, nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("identity", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("employer", sa.String(length=300), nullable=False),
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("schedule", sa.String(length=12), nullable=True),
        sa.Column("pay_from", sa.Integer(), nullable=True),
        sa.Column("pay_to", sa.Integer(), nullable=True),
        sa.Column("experience_years", sa.Integer(), nullable=True),
        sa.Column("quota", sa.Boolean(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=True),
        sa.Column("requirements", sa.Text(), nullable=True),
        sa.Column("link", sa.String(length=300), nullable=True),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancies")),
        sa.UniqueConstraint("source", "source_id", name="uq_vacancies_source_id"),
    )
    op.create_index("ix_vacancies_identity", "vacancies", ["identity"], unique=False)
    op.create_index("ix_vacancies_open", "vacancies", ["region", "closed_at", "modified_at"], unique=False)

    op.create_table(
        "vacancy_specialties",
        sa.Column("specialty", sa.String(length=8), nullable=False),
        sa.Column("vacancy_id", row_id, nullable=False),
        sa.Column("because", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"],
            ["vacancies.id"],
            name=op.f("fk_vacancy_specialties_vacancy_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("specialty", "vacancy_id", name=op.f("pk_vacancy_specialties")),
    )
    op.create_index("ix_vacancy_specialties_vacancy", "vacancy_specialties", ["vacancy_id"], unique=False)

    op.create_table(
        "vacancy_words",
        sa.Column("stem", sa.String(length=40), nullable=False),
        sa.Column("vacancy_id", row_id, nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f("fk_vacancy_words_vacancy_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stem", "vacancy_id", name=op.f("pk_vacancy_words")),
    )
    op.create_index("ix_vacancy_words_vacancy", "vacancy_words", ["vacancy_id"], unique=False)

    op.create_table(
        "vacancy_marks",
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("vacancy_id", row_id, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_because", sa.String(length=20), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_vacancy_marks_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f("fk_vacancy_marks_vacancy_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "vacancy_id", name=op.f("pk_vacancy_marks")),
    )
    op.create_table(
        "vacancy_views",
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_vacancy_views_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_vacancy_views")),
    )


def downgrade() -> None:
    op.drop_table("vacancy_views")
    op.drop_table("vacancy_marks")
    op.drop_index("ix_vacancy_words_vacancy", table_name="vacancy_words")

    op.drop_table("vacancy_words")
    op.drop_index("ix_vacancy_specialties_vacancy", table_name="vacancy_specialties")

    op.drop_table("vacancy_specialties")
    op.drop_index("ix_vacancies_open", table_name="vacancies")
    op.drop_index("ix_vacancies_identity", table_name="vacancies")

    op.drop_table("vacancies")
    op.drop_table("source_progress")
