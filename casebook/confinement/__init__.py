"""Work on what strangers wrote, in a process that can harm nothing and ends in time."""
