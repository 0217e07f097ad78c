// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/frame_pool.h"

#include <mutex>

namespace halfopen {

struct FramePool::Spare {
    std::mutex mutex;
    std::vector<Row> rows;
    std::vector<std::uint32_t> shown;
    std::vector<Group> groups;
    std::vector<std::uint32_t> lines;
    std::vector<std::uint32_t> cookieIndex;

    void fill(Frame& frame) {
        const std::scoped_lock lock(mutex);
        frame.rows.swap(rows);
        frame.shown.swap(shown);
        frame.groups.swap(groups);
        frame.lines.swap(lines);
        frame.cookieIndex.swap(cookieIndex);
    }

    /// Rows are plain values, so clear() costs nothing.
    void keep(Frame& frame) {
        frame.rows.clear();
        frame.shown.clear();
        frame.groups.clear();
        frame.lines.clear();
        frame.cookieIndex.clear();
        fill(frame); // and what was spare goes with the frame
    }
};

FramePool::FramePool()
    : m_spare(std::make_shared<Spare>()) {}

std::shared_ptr<Frame> FramePool::take() {
    const auto letGo = [kept = std::weak_ptr(m_spare)](Frame* frame) {
        const std::unique_ptr<Frame> owned(frame);
        if (const auto spare = kept.lock())
            spare->keep(*owned);
    };
    std::shared_ptr<Frame> frame(new Frame, letGo);
    m_spare->fill(*frame);
    return frame;
}

} // namespace halfopen
