"""Events on a student's screen: lists, a month, the card, files to take along."""
