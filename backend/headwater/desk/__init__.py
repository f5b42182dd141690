"""The newsroom desk: pages made of plain values; it knows no HTTP, the routes that serve it stand in the API room."""
