// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grades/promise_book.h"

#include <utility>

namespace halfopen {

namespace {

std::size_t next(std::size_t slot, std::size_t size) {
    return slot + 1 == size ? 0 : slot + 1;
}

/// Whether `slot` lies in the ring from `first` up to but without `last`.
bool within(std::size_t slot, std::size_t first, std::size_t last) {
    return first <= last ? first <= slot && slot < last : first <= slot || slot < last;
}

Millis since(MonotonicTime from, MonotonicTime to) {
    return to == MonotonicTime::max() ? Millis::max() : saturate(to - from);
}

MonotonicTime after(MonotonicTime from, Millis time) {
    return time == Millis::max() ? MonotonicTime::max() : from + std::chrono::milliseconds(time.count());
}

} // namespace

/// Cookies count up by one: multiplied, their high half spreads over any size of the table.
std::size_t PromiseBook::slotOf(std::uint64_t cookie) const {
    const std::uint64_t spread = cookie * 0x9e3779b97f4a7c15U >> 32;
    return static_cast<std::size_t>(spread * m_entries.size() >> 32);
}

std::size_t PromiseBook::place(std::uint64_t cookie) const {
    std::size_t slot = slotOf(cookie);
    while (m_entries[slot].cookie != 0 && m_entries[slot].cookie != cookie)
        slot = next(slot, m_entries.size());
    return slot;
}

void PromiseBook::grow() {
    if (m_size + m_size / 7 + 1 < m_entries.size())
        return;
    std::vector<Entry> old(m_entries.size() + m_entries.size() / 3 + 64);
    old.swap(m_entries);
    for (const Entry& entry : old) {
        if (entry.cookie != 0)
            m_entries[place(entry.cookie)] = entry;
    }
}

void PromiseBook::put(std::uint64_t cookie, const Promise& promise) {
    grow();
    Entry& entry = m_entries[place(cookie)];
    m_size += entry.cookie == 0;
    entry = {.cookie = cookie,
             .made = promise.made,
             .moment = {since(promise.made, promise.expected), since(promise.made, promise.earliest),
                        since(promise.made, promise.latest)},
             .assumes = promise.assumes,
             .point = promise.point,
             .conditions = promise.conditions,
             .seen = promise.seen};
}

std::optional<Promise> PromiseBook::find(std::uint64_t cookie) const {
    if (m_size == 0)
        return std::nullopt;
    const Entry& entry = m_entries[place(cookie)];
    if (entry.cookie == 0)
        return std::nullopt;
    return Promise{.made = entry.made,
                   .expected = after(entry.made, entry.moment.expected),
                   .earliest = after(entry.made, entry.moment.earliest),
                   .latest = after(entry.made, entry.moment.latest),
                   .assumes = entry.assumes,
                   .conditions = entry.conditions,
                   .seen = entry.seen,
                   .point = entry.point != 0};
}

void PromiseBook::note(std::uint64_t cookie, Sightings seen) {
    if (m_size == 0)
        return;
    Entry& entry = m_entries[place(cookie)];
    if (entry.cookie != 0)
        entry.seen.add(seen);
}

/// Closes the gap, so that no search ends at it too early (Knuth, 6.4, algorithm R).
void PromiseBook::erase(std::uint64_t cookie) {
    if (m_size == 0)
        return;
    std::size_t gap = place(cookie);
    if (m_entries[gap].cookie == 0)
        return;
    --m_size;
    for (std::size_t slot = next(gap, m_entries.size()); m_entries[slot].cookie != 0;
         slot = next(slot, m_entries.size())) {
        if (within(slotOf(m_entries[slot].cookie), next(gap, m_entries.size()), next(slot, m_entries.size())))
            continue;
        m_entries[gap] = m_entries[slot];
        gap = slot;
    }
    m_entries[gap] = {};
}

} // namespace halfopen
