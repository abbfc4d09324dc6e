"""The demonstration: a film lab that never was, at any stage of its year, and the loads on which speed is measured.

No tables. Everything is built through the rooms' own actions from the files beside this one, repeatably for a seed. The
organisation «Өткөл», its people, projects and applications are invented and say so; the finished edition of 2024 and the
news about it hold published facts only.
"""
