// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/ending_scene.h"

#include "core/kernel/diag/netlink_source.h"
#include "tests/lab/in_child.h"

#include <fmt/format.h>
#include <poll.h>

#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace halfopen::test {

using namespace std::chrono_literals;

namespace {

std::string evidenceOf(const EndedConnection& record) {
    std::string text;
    for (const auto& one : record.evidence)
        text += fmt::format(" {}({},{})", toString(one.code), one.value, one.other);
    return text;
}

} // namespace

std::string EndingScene::begin() {
    if (const auto ok = lab.addPeer(peer); !ok)
        return inEnglish(ok.error());
    auto far = lab.visitPeer();
    if (!far)
        return inEnglish(far.error());
    auto listening = lab::listenAt({peer, kPort}, {}, 4096);
    if (!listening)
        return inEnglish(listening.error());
    listener = std::move(*listening);
    return {};
}

std::string EndingScene::look() {
    auto source = NetlinkSource::open();
    if (!source)
        return inEnglish(source.error());
    history = std::make_shared<History>();
    monitor = std::make_unique<Monitor>(std::move(*source), Monitor::Config{.calibrate = false, .history = history});
    sample();
    return {};
}

Result<lab::Connected> EndingScene::connect(const lab::SocketOptions& options) {
    return lab.connect({peer, kPort}, listener.get(), options);
}

void EndingScene::sample() {
    constexpr auto kLate = 600ms; // one takes 200 ms at most, and there are 100 ms between two
    const MonotonicTime now = MonotonicClock::now();
    m_late = m_late || (m_sampled != MonotonicTime{} && now - m_sampled > kLate);
    m_sampled = now;
    frame = monitor->sampleSettled({}, 200ms);
}

bool EndingScene::missedAnEvent() const {
    const auto hadNone = [](const EndingEvidence& evidence) {
        return evidence.code == EndingEvidence::Code::NoDestroyEvent;
    };
    return monitor->eventDescriptor() >= 0 && std::ranges::any_of(history->after(0).records, [&](const auto& record) {
               return std::ranges::any_of(record->evidence, hadNone);
           });
}

void EndingScene::watch(std::chrono::milliseconds time) {
    const auto end = MonotonicClock::now() + time;
    while (MonotonicClock::now() < end) {
        const auto next = MonotonicClock::now() + 100ms;
        while (MonotonicClock::now() < next) {
            pollfd ready{monitor->eventDescriptor(), POLLIN, 0};
            ::poll(&ready, 1, 10);
            monitor->takeEvents();
        }
        sample();
    }
}

void EndingScene::learn(std::uint64_t cookie) {
    const auto end = MonotonicClock::now() + 5s;
    const auto known = [&] {
        const Row* row = frame->find(cookie);
        return row && row->options.exact();
    };
    do
        watch(200ms);
    while (!known() && MonotonicClock::now() < end);
}

EndedConnectionPtr EndingScene::await(std::uint64_t cookie, std::chrono::milliseconds within) {
    const auto end = MonotonicClock::now() + within;
    while (true) {
        for (const auto& record : history->after(0).records)
            if (record->cookie == cookie)
                return record;
        if (MonotonicClock::now() > end)
            return nullptr;
        watch(100ms);
    }
}

std::string wordsOf(const EndedConnectionPtr& record) {
    if (!record)
        return "no record";
    return fmt::format("{} {}", toString(record->ending), toString(record->confidence));
}

std::string differs(const EndedConnectionPtr& record, const std::string& expected) {
    if (wordsOf(record) == expected)
        return {};
    return fmt::format("expected {}, told {}:{}", expected, wordsOf(record), record ? evidenceOf(*record) : "");
}

int errorOf(int socket) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

std::string errorDiffers(const EndedConnectionPtr& record, int error) {
    if (!record || record->errorNumber == 0 || record->errorNumber == error)
        return {};
    return fmt::format("the record says {}, the program was told {}", std::strerror(record->errorNumber),
                       std::strerror(error));
}

std::string inScene(const std::function<std::string(EndingScene&)>& play, std::optional<uid_t> uid) {
    constexpr std::string_view kLate = "(late) ";
    constexpr int kTimes = 3;
    const auto once = [&]() -> std::string {
        auto laboratory = lab::Laboratory::open();
        if (!laboratory)
            return inEnglish(laboratory.error());
        EndingScene scene(std::move(*laboratory));
        if (auto wrong = scene.begin() + scene.look(); !wrong.empty())
            return wrong;
        const std::string wrong = play(scene);
        return wrong.empty() || !scene.wasLate() ? wrong : std::string(kLate) + wrong;
    };
    std::string wrong = inChild(once, uid);
    for (int time = 1; time < kTimes && wrong.starts_with(kLate); ++time)
        wrong = inChild(once, uid);
    return wrong;
}

} // namespace halfopen::test
