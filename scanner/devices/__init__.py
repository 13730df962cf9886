"""One adapter for each kind of machine; all keep the promises of `scanner.page.CaptureDevice`."""
