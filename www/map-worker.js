// placeholder while the map is being built
