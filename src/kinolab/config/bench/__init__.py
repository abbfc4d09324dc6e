"""How fast and how large: the real server under real requests, on data of its own, with the statements counted beside."""
