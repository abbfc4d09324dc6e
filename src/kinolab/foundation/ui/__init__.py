"""What every page is made of: base pages, components, style sheets, icons, fonts, charts, error pages.

No tables. Other rooms extend `ui/public.html` or `ui/desk.html`, use the tags of `{% load ui %}` and the hooks
`data-kino-…`; the list with one line each is docs/reference/interface.md, every component in every state is on the
page `ui:gallery`. Scripts only add: each page works without them. They are separate modules that do not import each
other, because the names of static files carry a fingerprint.

The protocol between a form that saves itself and its server is written at the top of `static/ui/autosave.js`.
"""
