"""Lists and figures as files for other programs: CSV, XLSX, GeoJSON, GeoPackage, Shapefile, KML."""
