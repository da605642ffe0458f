"""Begin the record of an activity: its folder, its fields, its photos."""
