"""The programme's dates: what is due when and for whom, and the same as iCalendar."""
