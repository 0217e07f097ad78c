// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/grouping.h"
#include "ui/look/appearance.h"

#include <QSize>
#include <QString>

#include <chrono>
#include <optional>

namespace halfopen {

/// What the command line of `halfopen` says.
struct Options {
    QString replay; ///< a recording to show instead of this machine; "": none
    QString host;   ///< another machine to show, as ssh takes its name; "": this one
    QString netns;  ///< the network namespace to begin with, by its name or "all"; "": the own one
    std::optional<Appearance> theme;
    QString filter;                 ///< in the filter's language, without mistakes; "": none
    std::optional<GroupBy> groupBy; ///< nullopt: as remembered
    std::optional<int> page;        ///< of the window, see kPageNames; nullopt: as remembered

    // For pictures of the window and for the benchmark of its start; not told by --help.
    bool untilFirstRow = false;           ///< end once the first frame with a row is painted
    QString screenshot;                   ///< file to write; "": none
    std::chrono::milliseconds after{500}; ///< since the first filled frame
    QString select;                       ///< a cookie in hex or a diagnosis
    int details = 0;                      ///< page of the details
    QSize size;                           ///< of the window; invalid: as remembered

    /// Nothing was asked for but a window: one that is there already will do.
    bool plain = false;

    bool namesAllNetns() const { return netns == QLatin1String("all"); }
    /// Started for a picture or a measurement: nothing of the person's files is touched.
    bool leavesNothing() const { return untilFirstRow || !screenshot.isEmpty(); }
};

/// What --lang says, else what the preferences do; "": the environment decides. Asked before readOptions(), which
/// speaks that language.
QString wantedLanguage();

/// Reads the arguments of the application. Ends the process for --help, --version (0) and for words that make no sense
/// (2).
Options readOptions();

/// Whether --lab is among the arguments. Asked before there is an application: a laboratory needs a process of one
/// thread.
bool wantsLaboratory(int argc, const char* const* argv);

/// Whether the environment or the arguments name a display. Asked before there is an application, which would not
/// survive without one.
bool hasDisplay(int argc, const char* const* argv);

/// What to tell a person who has none.
QString noDisplaySentence();

} // namespace halfopen
