"""The account that a build gives of itself: while it runs, and when it has ended."""
