"""What a build may spend, and who sees to it."""
