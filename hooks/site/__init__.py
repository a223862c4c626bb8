"""The files beside the pages: metadata, catalogue, feeds, embeds, redirects, response headers, from what is published."""
