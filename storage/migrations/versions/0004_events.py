"""Events, registrations, channels and what is posted to them"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _events()
    _registrations()
    _channels()


def downgrade() -> None:
    for table in ("registrations", "posts", "event_quotas", "check_in_attempts", "events", "channels"):
        op.drop_table(table)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", row_id, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("organisation_id", row_id, nullable=True),
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("author_id", row_id, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("map_link", sa.String(length=300), nullable=True),
        sa.Column("employer", sa.String(length=300), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("attendance", sa.String(length=12), nullable=False),
        sa.Column("rotating_code", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_events_author_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_events_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("code", name=op.f("uq_events_code")),
    )
    op.create_index("ix_events_organisation", "events", ["organisation_id", "starts_at"], unique=False)
    op.create_index("ix_events_region", "events", ["region", "state", "starts_at"], unique=False)
    op.create_table(
        "event_quotas",
        sa.Column("event_id", row_id, nullable=False),
        sa.Column("organisation_id", row_id, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_quotas_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_event_quotas_organisation_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "organisation_id", name=op.f("pk_event_quotas")),
    )


def _registrations() -> None:
    op.create_table(
        "check_in_attempts",
        sa.Column("id", row_id, nullable=False),
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_check_in_attempts_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_attempts")),
    )
    op.create_index("ix_check_in_attempts_person", "check_in_attempts", ["person_id", "at"], unique=False)
    op.create_table(
        "registrations",
        sa.Column("id", row_id, nullable=False),
        sa.Column("event_id", row_id, nullable=False),
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind", sa.JSON(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came_by", sa.String(length=12), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_registrations_event_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_registrations_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("event_id", "person_id", name="uq_registrations_event_person"),
    )
    op.create_index("ix_registrations_event", "registrations", ["event_id", "state", "id"], unique=False)
    op.create_index("ix_registrations_offered", "registrations", ["offered_until"], unique=False)
    op.create_index("ix_registrations_person", "registrations", ["person_id"], unique=False)


def _channels() -> None:
    op.create_table(
        "channels",
        sa.Column("organisation_id", row_id, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("staff_id", row_id, nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_channels_organisation_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_channels_staff_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_channels")),
    )
    op.create_table(
        "posts",
        sa.Column("id", row_id, nullable=False),
        sa.Column("organisation_id", row_id, nullable=False),
        sa.Column("author_id", row_id, nullable=False),
        sa.Column("rubric", sa.String(length=20), nullable=False),
        sa.Column("event_id", row_id, nullable=True),
        sa.Column("vacancy_id", row_id, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("posts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", row_id, nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name=op.f("fk_posts_approved_by")),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_posts_author_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_posts_event_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_posts_organisation_id")
        ),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancies.id"], name=op.f("fk_posts_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index("ix_posts_organisation", "posts", ["organisation_id", "posts_at"], unique=False)
    op.create_index("ix_posts_state", "posts", ["state", "posts_at"], unique=False)
