"""Tables of words for failures, one module an area; `ui.i18n.errors` joins them."""
