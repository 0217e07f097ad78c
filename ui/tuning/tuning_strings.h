// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/boot_configuration.h"
#include "core/model/frame.h"
#include "core/model/privilege_error.h"
#include "core/tuning/change_progress.h"
#include "core/tuning/effect.h"
#include "core/tuning/middlebox.h"
#include "core/tuning/netns_keeping.h"
#include "ui/tuning/track_geometry.h"
#include "ui/tuning/tuning_backend.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace halfopen {

// The sentences of the Tuning page, translated. Each is a pure function of what it tells.

/// Whole seconds for a sentence, without what is zero: "1 s", "10 min", "2 h 11 min 15 s", "1 d".
QString secondsText(std::int64_t seconds);

QString handleName(TrackHandle handle);    ///< "idle time"
QString handleMeaning(TrackHandle handle); ///< one or two sentences

QString firstProbeSentence(const KeepaliveDefaults& values); ///< "The first probe goes out after 10 min of silence."
QString noticedSentence(const KeepaliveDefaults& values);    ///< "A dead peer is noticed after 12 min 30 s."
/// How many of the layer-4 middleboxes a silent connection does not survive, barely survives, survives: the list has
/// their names, and a sentence of one length does not move what stands below it.
QString survivalCounts(const KeepaliveDefaults& values, const std::vector<Middlebox>& boxes);
QString costSentence(const Effect& effect);

QString boxName(const Middlebox& box);    ///< in the language of the program
QString shortName(const Middlebox& box);  ///< for the track: up to the first comma, with its timeout
QString survivalLabel(Survival survival); ///< "survives"
/// "AWS NLB forgets a connection that was silent for 350 s. The first probe after 2 h comes too late."
QString survivalSentence(const Middlebox& box, const KeepaliveDefaults& values);
/// Why these values are proposed, what is to be known besides, where the timeout is told and when that was checked.
QString proposalText(const Middlebox& box);

/// "kernel default"; "/etc/sysctl.d/x.conf:3"; "set by hand since boot"...
QString originText(Setting setting, std::int32_t inEffect, const TuningPlace& place);
/// "unusual: 0 resets ..."; "" where the value is sane.
QString unusualText(Setting setting, std::int32_t inEffect);
/// Files that win over Halfopen's own at boot, a sentence each.
QStringList overrideSentences(const BootConfiguration& boot);

/// A line of numbers: how many, and what they do. Count -1: a sentence without a number.
struct CountedSentence {
    qint64 count = 0;
    QString text;
    bool warns = false;
};

/// What a change would do, before it is made. Lines without a connection are left out, except for the first two.
std::vector<CountedSentence> effectSentences(const Effect& effect);
/// What it has done so far.
std::vector<CountedSentence> progressSentences(const ChangeProgress::Counts& progress);

/// Of another namespace than the own one: what is shown, and whether it can be changed.
QString netnsSentence(const NetnsContext& netns);
/// What of this very machine forgets silent connections of the namespace in view, as some of those on the way: facts,
/// no guesses. Connection tracking and IPVS, of the namespace and of the machine.
std::vector<Middlebox> boxesOfThisMachine(const Frame& frame);
/// Why nothing is kept there after it ends.
QString whyNotKept(const NetnsContext& netns);
/// Where what is to be kept has to stand: "In its compose file:".
QString whereToKeep(NetnsMaker maker);

/// Why nothing was done, for a person. "" for Dismissed.
QString refusalText(const PrivilegeError& error);

} // namespace halfopen
