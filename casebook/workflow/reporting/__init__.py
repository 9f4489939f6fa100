"""What an office makes of issued results: feedback for candidates, summaries for itself."""
