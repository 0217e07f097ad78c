// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/watch/watch.h"

#include "ui/details/headline.h"
#include "ui/look/ending_strings.h"
#include "ui/look/filter_texts.h"
#include "ui/look/text.h"

#include <QCoreApplication>

#include <utility>

namespace halfopen {

namespace {

struct WatchStrings {
    Q_DECLARE_TR_FUNCTIONS(Watch)
};

std::uint32_t countOf(const Frame& frame, QuickFilter quick) {
    return frame.quickCounts[static_cast<std::size_t>(quick)];
}

/// headline.h takes the frame by pointer to keep it; here it is only read.
Subject subjectOf(const Frame& frame, const Row& row) {
    return {FramePtr(FramePtr(), &frame), &row, false, nullptr};
}

WatchNotice suspectNotice(const Frame& frame, const Row& row) {
    const auto subject = subjectOf(frame, row);
    return {WatchNotice::Kind::Suspect, whoText(subject), diagnosisSentence(subject, frame.taken)};
}

WatchNotice givenUpNotice(const EndedConnection& record) {
    const auto who =
        QStringLiteral("%1 \u2192 %2").arg(ownersText(record), fromCore(record.remote.toString(record.interface)));
    return {WatchNotice::Kind::GivenUp, WatchStrings::tr("Given up: %1").arg(who),
            WatchStrings::tr("%1: %2", "ending, reason").arg(endingText(record), reasonSentence(record))};
}

WatchNotice pileNotice(const std::string& program, int count) {
    return {WatchNotice::Kind::PileUp, WatchStrings::tr("%1 does not close its connections").arg(fromCore(program)),
            WatchStrings::tr("%n of them wait in CLOSE-WAIT: their peers have closed, the program has not.", nullptr,
                             count)};
}

template <class Trouble>
void forget(std::map<Trouble, MonotonicTime>& noticed, MonotonicTime now) {
    std::erase_if(noticed, [now](const auto& one) { return now - one.second >= Watch::kWhile; });
}

} // namespace

void Watch::setFilter(const std::optional<QString>& words) {
    m_filter.reset();
    if (words)
        m_filter.emplace(words->toStdString(), screenNames());
    m_records = EndedFilter(words.value_or(QString()));
    restart();
}

void Watch::setWatched(const SocketKey& key, bool watched) {
    if (watched)
        m_watched.insert(key);
    else
        m_watched.erase(key);
}

bool Watch::watches(const Frame& frame, const Row& row) const {
    return isWatched(frame.keyOf(row)) || (m_filter && m_filter->matches(row, frame));
}

bool Watch::watches(const EndedConnection& record) {
    return isWatched(record.key()) || (m_filter && m_records.matches(record));
}

std::vector<WatchNotice> Watch::look(const Frame& frame, std::span<const EndedConnectionPtr> ended) {
    std::vector<WatchNotice> notices;
    if (!frame.live)
        return notices;
    meet(frame.inView().host->host);
    lookAtRows(frame, notices);
    countPiles(frame, notices);
    for (const auto& record : ended) {
        if (isGivenUp(record->ending) && watches(*record))
            notices.push_back(givenUpNotice(*record));
        m_watched.erase(record->key()); // never used again
    }
    if (!std::exchange(m_begun, true))
        notices.clear();
    if (const std::string& name = frame.inView().host->name; !name.empty())
        for (WatchNotice& notice : notices)
            notice.title =
                WatchStrings::tr("%1: %2", "a machine, what happened there").arg(fromCore(name), notice.title);
    return notices;
}

/// On another machine nothing goes on of what was so on the one before.
void Watch::meet(std::uint32_t host) {
    if (std::exchange(m_host, host) == host)
        return;
    m_suspect.clear();
    m_piled.clear();
    m_noticedPeers.clear();
    m_noticedPiles.clear();
    restart();
}

void Watch::lookAtRows(const Frame& frame, std::vector<WatchNotice>& notices) {
    std::unordered_set<SocketKey> suspect;
    std::map<IpAddress, MonotonicTime> noticed;
    forget(m_noticedPeers, frame.taken);
    if (countOf(frame, QuickFilter::Suspect) > 0) {
        for (const auto& row : frame.rows) {
            if (row.diagnosis != Diagnosis::Suspect || row.change == Change::Closed || !watches(frame, row))
                continue;
            suspect.insert(frame.keyOf(row));
            const IpAddress& peer = row.connection.remote.address;
            const bool known = m_noticedPeers.contains(peer);
            const bool news = !known && !m_suspect.contains(frame.keyOf(row));
            if (news)
                notices.push_back(suspectNotice(frame, row));
            if (known || (news && m_begun))
                noticed[peer] = frame.taken;
        }
    }
    m_suspect = std::move(suspect);
    noticed.merge(m_noticedPeers);
    m_noticedPeers = std::move(noticed);
}

void Watch::countPiles(const Frame& frame, std::vector<WatchNotice>& notices) {
    std::map<std::string, int> counts;
    if (m_filter && countOf(frame, QuickFilter::Abandoned) >= kPile) {
        for (const auto& row : frame.rows) {
            const auto& owners = frame.ownersOf(row);
            if (row.diagnosis == Diagnosis::Abandoned && row.change != Change::Closed && !owners.empty() &&
                watches(frame, row))
                ++counts[owners.front().name];
        }
    }
    // Told again only after the pile was gone, so that one that swings around its limit is not told every second.
    std::erase_if(m_piled, [&](const std::string& program) {
        const auto found = counts.find(program);
        return found == counts.end() || found->second < kPile / 2;
    });
    forget(m_noticedPiles, frame.taken);
    for (const auto& [program, count] : counts) {
        const bool known = m_noticedPiles.contains(program);
        const bool news = count >= kPile && m_piled.insert(program).second && !known;
        if (news)
            notices.push_back(pileNotice(program, count));
        if (known || (news && m_begun))
            m_noticedPiles[program] = frame.taken;
    }
}

} // namespace halfopen
