"""Saved searches, the outbox, campaigns, the schedule"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _schedule()
    _vacancies()
    _searches()
    _outbox()


def downgrade() -> None:
    op.drop_index("ix_vacancy_marks_vacancy", table_name="vacancy_marks")
    op.drop_column("vacancy_marks", "opened_at")
    op.drop_column("vacancy_marks", "delivered_at")
    op.drop_column("vacancy_marks", "shown_at")
    op.drop_index("ix_vacancies_unmatched", table_name="vacancies")
    op.drop_index("ix_vacancies_town", table_name="vacancies")
    op.drop_column("source_progress", "changes_from")
    op.drop_column("vacancies", "matched_at")
    op.drop_column("vacancies", "town")
    op.drop_table("subscriptions")
    op.drop_table("outbox")
    op.drop_table("notification_settings")
    op.drop_table("publications")
    op.drop_table("campaigns")
    op.drop_table("search_stems")
    op.drop_table("search_matches")
    op.drop_table("search_keys")
    op.drop_table("searches")
    op.drop_table("leases")
    op.drop_table("jobs")


def _searches() -> None:
    op.create_table(
        "searches",
        sa.Column("id", row_id, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("specialty", sa.String(length=8), nullable=True),
        sa.Column("text", sa.String(length=100), nullable=False),
        sa.Column("stems", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=True),
        sa.Column("pay_from", sa.Integer(), nullable=True),
        sa.Column("no_experience", sa.Boolean(), nullable=False),
        sa.Column("quota", sa.Boolean(), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches")),
        sa.UniqueConstraint("key", name=op.f("uq_searches_key")),
    )
    op.create_table(
        "search_keys",
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("key", sa.String(length=50), nullable=False),
        sa.Column("search_id", row_id, nullable=False),
        sa.ForeignKeyConstraint(
            ["search_id"], ["searches.id"], name=op.f("fk_search_keys_search_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("region", "key", "search_id", name=op.f("pk_search_keys")),
    )
    op.create_index("ix_search_keys_search", "search_keys", ["search_id"], unique=False)
    op.create_table(
        "search_matches",
        sa.Column("search_id", row_id, nullable=False),
        sa.Column("vacancy_id", row_id, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["search_id"], ["searches.id"], name=op.f("fk_search_matches_search_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f("fk_search_matches_vacancy_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("search_id", "vacancy_id", name=op.f("pk_search_matches")),
    )
    op.create_index("ix_search_matches_at", "search_matches", ["at"], unique=False)
    op.create_index("ix_search_matches_vacancy", "search_matches", ["vacancy_id"], unique=False)
    op.create_table(
        "search_stems",
        sa.Column("search_id", row_id, nullable=False),
        sa.Column("stem", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["search_id"], ["searches.id"], name=op.f("fk_search_stems_search_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("search_id", "stem", name=op.f("pk_search_stems")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", row_id, nullable=False),
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("search_id", row_id, nullable=False),
        sa.Column("frequency", sa.String(length=8), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_subscriptions_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["search_id"], ["searches.id"], name=op.f("fk_subscriptions_search_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("person_id", "search_id", name="uq_subscriptions_person_search"),
    )
    op.create_index("ix_subscriptions_next", "subscriptions", ["next_at"], unique=False)
    op.create_index("ix_subscriptions_search", "subscriptions", ["search_id"], unique=False)


def _schedule() -> None:
    op.create_table(
        "jobs",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("runner", sa.String(length=40), nullable=True),
        sa.Column("runs_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_jobs")),
    )
    op.create_table(
        "notification_settings",
        sa.Column("person_id", row_id, autoincrement=False, nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_to", sa.Integer(), nullable=False),
        sa.Column("days_off", sa.Integer(), nullable=False),
        sa.Column("holidays_off", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_notification_settings_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notification_settings")),
    )


def _outbox() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "campaigns",
        sa.Column("id", row_id, nullable=False),
        sa.Column("author_id", row_id, nullable=False),
        sa.Column("organisation_id", row_id, nullable=True),
        sa.Column("segment", sa.JSON(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queued_to", row_id, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("progress_message", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_campaigns_author_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_campaigns_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_index("ix_campaigns_author_id", "campaigns", ["author_id"], unique=False)
    op.create_index("ix_campaigns_state", "campaigns", ["state", "starts_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", row_id, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", row_id, nullable=True),
        sa.Column("campaign_id", row_id, nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_outbox_campaign_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_outbox_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index("ix_outbox_account", "outbox", ["telegram_id", "state"], unique=False)
    op.create_index("ix_outbox_campaign", "outbox", ["campaign_id", "state"], unique=False)
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"], unique=False)
    op.create_index(
        "ix_outbox_sending",
        "outbox",
        ["token"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index("ix_outbox_settled", "outbox", ["settled_at"], unique=False)
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["priority", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _vacancies() -> None:
    op.create_table(
        "publications",
        sa.Column("vacancy_id", row_id, nullable=False),
        sa.Column("organisation_id", row_id, nullable=True),
        sa.Column("staff_id", row_id, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_publications_organisation_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_publications_staff_id")),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f("fk_publications_vacancy_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vacancy_id", name=op.f("pk_publications")),
    )
    op.create_index("ix_publications_organisation_id", "publications", ["organisation_id"], unique=False)
    op.add_column("source_progress", sa.Column("changes_from", sa.DateTime(timezone=True), nullable=True))
    op.add_column("vacancies", sa.Column("town", sa.String(length=80), nullable=True))
    op.add_column("vacancies", sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_vacancies_town", "vacancies", ["town"], unique=False)
    op.create_index(
        "ix_vacancies_unmatched",
        "vacancies",
        ["id"],
        unique=False,
        sqlite_where=sa.text("matched_at IS NULL"),
        postgresql_where=sa.text("matched_at IS NULL"),
    )
    op.add_column("vacancy_marks", sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("vacancy_marks", sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("vacancy_marks", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_vacancy_marks_vacancy", "vacancy_marks", ["vacancy_id"], unique=False)
