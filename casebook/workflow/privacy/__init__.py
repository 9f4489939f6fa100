"""Looking through files for what may identify a client, and signing that somebody did."""
