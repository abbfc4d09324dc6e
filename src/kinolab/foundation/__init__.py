"""The ground floor: rooms that know nothing of film labs. Each could serve another program."""
