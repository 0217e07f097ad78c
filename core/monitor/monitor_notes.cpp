// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame says of what it could not see.
#include "core/kernel/tick/phase_calibration.h"
#include "core/model/settings.h"
#include "core/monitor/all_netns.h"
#include "core/monitor/monitor.h"
#include "core/monitor/process_lookup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

namespace halfopen {

namespace {

/// Who keeps the kernel from telling tcp_info.
Sentence lockedNote(const Frame& frame) {
    const Row* row = frame.find(frame.locked->cookie, frame.locked->netnsIndex);
    if (!row)
        return Sentence::tr("A socket is locked by its program, which waits in a system call: until it goes on, the "
                            "kernel tells no details (tcp_info) of any connection.");
    std::string who = fmt::format("{:#x}", row->connection.cookie);
    for (const Owner& owner : frame.ownersOf(*row))
        who += fmt::format(", {} {}", owner.name, owner.pid);
    return Sentence::tr(
        "The socket {0} - {1} ({2}) is locked by its program, which waits in a system call: until it goes on, "
        "the kernel tells no details (tcp_info) of any connection.",
        frame.localOf(*row), frame.remoteOf(*row), who);
}

void markLocked(Frame& frame) {
    if (const Row* const row = frame.find(frame.locked->cookie, frame.locked->netnsIndex))
        frame.rows[static_cast<std::size_t>(row - frame.rows.data())].forecast.conditions.add(
            Condition::LockedByProgram);
}

} // namespace

/// What a missing right leaves unknown, said once for the whole frame.
void Monitor::addNotes(Frame& frame) const {
    if (frame.locked) {
        markLocked(frame);
        frame.notes.insert(frame.notes.begin(), lockedNote(frame));
    }
    const auto says = [&](auto isSo) {
        return m_lookup && std::ranges::any_of(frame.rows, [&](const Row& row) {
                   return isSo(row.ownerUnknown) && frame.isInView(row);
               });
    };
    if (says([](OwnerUnknown why) { return why == OwnerUnknown::OtherUser; }))
        frame.notes.push_back(
            Sentence::tr("Some sockets belong to other users: only an administrator can read to which "
                         "processes, and with which options."));
    for (const auto why : {OwnerUnknown::NoFiles, OwnerUnknown::NoProc, OwnerUnknown::ProcHidden,
                           OwnerUnknown::NoCapability, OwnerUnknown::Denied, OwnerUnknown::UnmappedUser})
        if (says([why](OwnerUnknown one) { return one == why; }))
            frame.notes.push_back(Sentence::tr("Some sockets are told without their processes.") + sentenceOf(why));
    const auto isProtected = [&](const Row& row) { return row.unread == ReadRefusal::Yama && frame.isInView(row); };
    if (m_lookup && std::ranges::any_of(frame.rows, isProtected))
        frame.notes.push_back(sentenceOf(ReadRefusal::Yama));
    if (const TcpSysctls& sysctls = frame.inView().sysctls;
        sysctls.unread != 0 && frame.inView().tier != NetnsTier::Public)
        frame.notes.push_back(Sentence::tr("Some settings could not be read, so the kernel's default is assumed: {0}.",
                                           unreadNames(sysctls)));
    if (!m_noEvents.empty())
        frame.notes.push_back(m_noEvents);
    addNetnsNotes(frame);
    if (frame.clock().phaseKnown())
        return;
    const bool measuring = m_calibration && m_calibration->running();
    frame.notes.push_back(
        measuring
            ? Sentence::tr("The kernel's tick is being measured; until then moments are told as earliest to latest.")
            : Sentence::tr("The kernel's tick is not known: moments are told as earliest to latest."));
}

/// What is not seen of other namespaces.
void Monitor::addNetnsNotes(Frame& frame) const {
    constexpr std::size_t kMostNames = 5;
    std::vector<std::string> outside;
    for (const auto& watch : m_watches) {
        if (!watch || (!frame.allInView && watch->index() != frame.inViewIndex))
            continue;
        if (watch->error)
            frame.notes.push_back(Sentence::tr("{0}: {1}", watch->netns().name, watch->error->sentence));
        if (watch->netns().tier == NetnsTier::Public)
            outside.push_back(watch->netns().name);
    }
    const std::size_t more = outside.size() - std::min(outside.size(), kMostNames);
    outside.resize(outside.size() - more);
    const auto names = fmt::format("{}", fmt::join(outside, ", "));
    if (!outside.empty())
        frame.notes.push_back(
            Sentence::tr("Shown as anybody may see them, without cookies, round trips, settings and "
                         "ends: the connections of {0}. An administrator sees everything.",
                         more > 0 ? Sentence::tr("{0} and {1} more", names, more) : Sentence::tr("{0}", names)));
    if (!m_all || !frame.allInView)
        return;
    if (m_all->othersHidden())
        frame.notes.push_back(Sentence::tr("/proc does not show the processes of others here (hidepid): network "
                                           "namespaces may be missing. An administrator sees them all."));
    for (const auto& [name, error] : m_all->refused())
        frame.notes.push_back(error.sentence);
    if (m_all->leftOut() > 0)
        frame.notes.push_back(Sentence::tr("{0} more network namespaces are not looked at: {1} are the most.",
                                           m_all->leftOut(), m_config.mostOthers));
}

} // namespace halfopen
