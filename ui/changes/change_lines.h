// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/change_flow.h"
#include "ui/actions/close_flow.h"
#include "ui/changes/change_log.h"
#include "ui/tuning/tuning_page.h"

#include <vector>

namespace halfopen {

// What is said of changes in their log, translated. Pure functions but for the hour.

/// Those of a round that were changed alike are one line.
/// @param frame  that names the connections; may be null, or have lost some of them
std::vector<LoggedChange> linesOf(const ChangeRound& round, const FramePtr& frame);
/// @param targets  those that were to be closed
LoggedChange lineOf(const CloseRound& round, const Targets& targets);
/// Of OnTrial, InEffect, ByOthers and FileRemoved.
LoggedChange lineOf(const SettingsNews& news);

QString timeText(const QDateTime& when); ///< "13:05:10", with the day where it was another one
QString takenBackText();                 ///< "taken back at 13:05:10"
QString keptText(bool afterReboot);      ///< what was on trial

} // namespace halfopen
