"""Everything that profiling, risk, staff and the inbox need"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", row_id, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "fsm",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=120), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_fsm")),
    )
    op.create_index(op.f("ix_fsm_telegram_id"), "fsm", ["telegram_id"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("update_id", row_id, autoincrement=False, nullable=False),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_done_at"), "inbox", ["done_at"], unique=False)

    op.create_table(
        "organisations",
        sa.Column("id", row_id, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code", name=op.f("uq_organisations_code")),
    )
    op.create_table(
        "questionnaires",
        sa.Column("digest", sa.String(length=12), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_questionnaires")),
    )
    op.create_table(
        "statistics",
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("specialty", sa.String(length=8), nullable=False),
        sa.Column("rate", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("region", "year", "specialty", name=op.f("pk_statistics")),
    )
    op.create_table(
        "groups",
        sa.Column("id", row_id, nullable=False),
        sa.Column("organisation_id", row_id, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("specialty", sa.String(length=8), nullable=False),
        sa.Column("graduation_year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_groups_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("code", name=op.f("uq_groups_code")),
        sa.UniqueConstraint("organisation_id", "name", name="uq_groups_organisation_name"),
    )
    op.create_index(op.f("ix_groups_organisation_id"), "groups", ["organisation_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", row_id, nullable=True),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_invitations_organisation_id")
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_invitations")),
    )
    op.create_table(
        "staff",
        sa.Column("id", row_id, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", row_id, nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_staff_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_staff_telegram_id")),
    )
    op.create_table(
        "persons",
        sa.Column("id", row_id, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=True),
        sa.Column("name_key", sa.String(length=80), nullable=True),
        sa.Column("personal_code", sa.String(length=40), nullable=True),
        sa.Column("organisation_id", row_id, nullable=True),
        sa.Column("group_id", row_id, nullable=True),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("factors", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_persons_group_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_persons_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("code", name=op.f("uq_persons_code")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_persons_telegram_id")),
    )
    op.create_index(op.f("ix_persons_name_key"), "persons", ["name_key"], unique=False)
    op.create_index(op.f("ix_persons_organisation_id"), "persons", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_persons_personal_code"), "persons", ["personal_code"], unique=False)

    op.create_table(
        "assessments",
        sa.Column("id", row_id, nullable=False),
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("override", sa.String(length=40), nullable=True),
        sa.Column("criteria", sa.String(length=12), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_assessments_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    op.create_index("ix_assessments_person", "assessments", ["person_id", "id"], unique=False)

    op.create_table(
        "consents",
        sa.Column("id", row_id, nullable=False),
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_consents_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_person_purpose", "consents", ["person_id", "purpose"], unique=False)

    op.create_table(
        "facts",
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("set_by", row_id, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_facts_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_facts_set_by")),
        sa.PrimaryKeyConstraint("person_id", "name", "source", name=op.f("pk_facts")),
    )
    op.create_table(
        "profiling_sessions",
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("questionnaire", sa.String(length=12), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("screen", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_profiling_sessions_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire"], ["questionnaires.digest"], name=op.f("fk_profiling_sessions_questionnaire")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_profiling_sessions")),
    )


def downgrade() -> None:
    op.drop_table("profiling_sessions")
    op.drop_table("facts")
    op.drop_index("ix_consents_person_purpose", table_name="consents")

    op.drop_table("consents")
    op.drop_index("ix_assessments_person", table_name="assessments")

    op.drop_table("assessments")
    op.drop_index(op.f("ix_persons_personal_code"), table_name="persons")
    op.drop_index(op.f("ix_persons_organisation_id"), table_name="persons")
    op.drop_index(op.f("ix_persons_name_key"), table_name="persons")

    op.drop_table("persons")
    op.drop_table("staff")
    op.drop_table("invitations")
    op.drop_index(op.f("ix_groups_organisation_id"), table_name="groups")

    op.drop_table("groups")
    op.drop_table("statistics")
    op.drop_table("questionnaires")
    op.drop_table("organisations")
    op.drop_index(op.f("ix_inbox_done_at"), table_name="inbox")

    op.drop_table("inbox")
    op.drop_index(op.f("ix_fsm_telegram_id"), table_name="fsm")

    op.drop_table("fsm")
    op.drop_table("audit")
