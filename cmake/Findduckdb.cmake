# DuckDB's C library: an installed one if there is one, else the copy scripts/setup put into third_party/duckdb.
find_path(DUCKDB_INCLUDE_DIR duckdb.h HINTS ${CMAKE_SOURCE_DIR}/third_party/duckdb/include)
find_library(DUCKDB_LIBRARY duckdb HINTS ${CMAKE_SOURCE_DIR}/third_party/duckdb/lib)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(duckdb
  REASON_FAILURE_MESSAGE "run scripts/setup first" REQUIRED_VARS DUCKDB_LIBRARY DUCKDB_INCLUDE_DIR)
if(duckdb_FOUND AND NOT TARGET duckdb::duckdb)
  add_library(duckdb::duckdb SHARED IMPORTED)
  set_target_properties(duckdb::duckdb PROPERTIES
    IMPORTED_LOCATION ${DUCKDB_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${DUCKDB_INCLUDE_DIR})
endif()
