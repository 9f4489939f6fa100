"""From a submission to sealed marks: new sheets, their check, their seals and their history."""
