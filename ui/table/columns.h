// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/query.h"
#include "core/model/row.h"

#include <QString>
#include <Qt>

#include <cstdint>
#include <span>

namespace halfopen {

/// What a cell says about itself; the delegate turns it into a colour and a slant.
enum class Tone : std::uint8_t {
    Plain,
    Dim,    ///< nothing to see: "none", "0"
    Accent, ///< in the colour of the row's diagnosis
    Guess,  ///< not read from the socket: italics
};

/// One cell as it is drawn. `guessFrom` is where in the text guessed words begin (drawn as Tone::Guess); -1: nowhere.
struct Cell {
    QString text;
    Tone tone = Tone::Plain;
    int guessFrom = -1;
};

class DesktopPrograms;

/// All a column needs to write one cell; `now` is what countdowns count from.
struct CellInput {
    const Frame& frame;
    const Row& row;
    MonotonicTime now;
    const DesktopPrograms* programs = nullptr; ///< may be null
};

/// All a column needs to write the cell of a group. `frame` is the one whose rows `group` counts; `here` is the moment
/// on the clock of this machine, which Frame::presentOf() makes a row's present of.
struct GroupInput {
    const Frame& frame;
    const Group& group;
    MonotonicTime here;
};

/// Whether and how a cell moves between two frames.
enum class Motion : std::uint8_t { Still, CountsDown, CountsUp };

/// One column of the table: who it is and how it writes a cell. Columns are data, so that one more is one more line.
struct Column {
    const char* key;   ///< in the settings; never changes
    const char* title; ///< English, context "Columns"
    const char* hint;  ///< English, context "Columns"; the header's tooltip
    SortKey sort;
    Qt::Alignment alignment;
    int characters; ///< width to begin with, in digits
    bool shownAtFirst;
    Motion motion;
    Cell (*cell)(const CellInput& input);
    QString (*tip)(const CellInput& input);    ///< may be null: the row's diagnosis then
    MonotonicTime (*deadline)(const Row& row); ///< of CountsDown; MonotonicTime::max() where there is none
    int roomier = 0; ///< how many digits wider where the window has room: an IPv6 address is long
    /// Of a group; null: it has none, or its member that stands out speaks for it.
    Cell (*groupCell)(const GroupInput& input) = nullptr;
    std::uint32_t Group::*speaker = nullptr; ///< that member; null: none
    int leaves = 0; ///< where the table is too narrow for all that are shown at first: 1 goes first; 0: it stays
    int comes = 0;  ///< where the table has room for more: 1 comes first; 0: never by itself
};

/// All columns in the order of a first start; the position is the model's column number.
std::span<const Column> columns();

/// The column that sorts by this key; -1 for SortKey::Kernel.
int columnOf(SortKey key);

QString columnTitle(const Column& column);
QString columnHint(const Column& column);

} // namespace halfopen
