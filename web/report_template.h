#pragma once

#include <string>

namespace perennial {

/// The page that every report is made of: one HTML file with its scripts and styles, in which @PAGE_TITLE@ and
/// @PAGE_DATA@ stand once each. Built from web/src; report/page.h fills it.
std::string report_template();

}  // namespace perennial
