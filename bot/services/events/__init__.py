"""Events: announced, filled, attended, counted."""
