"""What is known of people: roles, absences."""
