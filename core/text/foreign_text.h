// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace halfopen {

// The one border for text of others: names of processes, units, containers, interfaces, users and files, words of a
// command line, errors of the system. Anybody who may start a process chooses such text. Pure; whatever the locale.

/// Appends the text so that a terminal shows it on its line and obeys nothing in it: a '?' stands for each code point
/// that isTrick(), for each invalid byte sequence, and for marks that stand over nothing or are piled up.
/// @return the places it takes
std::size_t appendHarmless(std::string& to, std::string_view foreign);
std::string harmless(std::string_view foreign);

/// The same for a text of several lines of our own with names in it: its line feeds stay.
std::string harmlessLines(std::string_view text);

/// Appends what a person chose as one cell of CSV, quoted where it must be. A cell that a spreadsheet would take for a
/// formula (it begins with = + - @, their full-width forms, tab or carriage return) gets a ' before it; else as
/// appendHarmless().
void appendForeignCsv(std::string& line, std::string_view value);

/// A cell of our own, quoted where it must be.
void appendCsv(std::string& line, std::string_view value);

/// Places that the text takes on a terminal. (Of harmless text; what is invalid takes one.)
std::size_t displayWidth(std::string_view text);

/// Bytes of the beginning that fits into so many places, with the marks over its last character.
std::size_t fitting(std::string_view text, std::size_t places);

} // namespace halfopen
