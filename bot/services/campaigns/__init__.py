"""Campaigns: written, sent, looked after."""
