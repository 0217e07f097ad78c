// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/ending_scene.h"

#include "core/kernel/diag/netlink_source.h"
#include "tests/lab/in_child.h"

#include <fmt/format.h>
#include <poll.h>

#include <sys/socket.h>

#include <cstring>
#include <utility>

namespace halfopen::test {

using namespace std::chrono_literals;

namespace {

std::string evidenceOf(const Certificate& certificate) {
    std::string text;
    for (const auto& one : certificate.evidence)
        text += fmt::format(" {}({},{})", toString(one.code), one.value, one.other);
    return text;
}

} // namespace

std::string EndingScene::begin() {
    if (const auto ok = lab.addPeer(peer); !ok)
        return ok.error().message;
    auto far = lab.visitFar();
    if (!far)
        return far.error().message;
    auto listening = lab::listenAt({peer, kPort}, {}, 4096);
    if (!listening)
        return listening.error().message;
    listener = std::move(*listening);
    return {};
}

std::string EndingScene::look() {
    auto source = NetlinkSource::open();
    if (!source)
        return source.error().message;
    history = std::make_shared<History>();
    monitor = std::make_unique<Monitor>(std::move(*source), Monitor::Config{.calibrate = false, .history = history});
    sample();
    return {};
}

Result<lab::Connected> EndingScene::connect(const lab::SocketOptions& options) {
    return lab.connect({peer, kPort}, listener.get(), options);
}

void EndingScene::sample() {
    frame = monitor->sampleSettled({}, 200ms);
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

CertificatePtr EndingScene::await(std::uint64_t cookie, std::chrono::milliseconds within) {
    const auto end = MonotonicClock::now() + within;
    while (true) {
        for (const auto& certificate : history->after(0).certificates)
            if (certificate->cookie == cookie)
                return certificate;
        if (MonotonicClock::now() > end)
            return nullptr;
        watch(100ms);
    }
}

std::string told(const CertificatePtr& certificate) {
    if (!certificate)
        return "no certificate";
    return fmt::format("{} {}", toString(certificate->ending), toString(certificate->confidence));
}

std::string differs(const CertificatePtr& certificate, const std::string& expected) {
    if (told(certificate) == expected)
        return {};
    return fmt::format("expected {}, told {}:{}", expected, told(certificate),
                       certificate ? evidenceOf(*certificate) : "");
}

int errorOf(int socket) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

std::string errorDiffers(const CertificatePtr& certificate, int error) {
    if (!certificate || certificate->errorNumber == 0 || certificate->errorNumber == error)
        return {};
    return fmt::format("the certificate says {}, the program was told {}", std::strerror(certificate->errorNumber),
                       std::strerror(error));
}

std::string inScene(const std::function<std::string(EndingScene&)>& play, std::optional<uid_t> uid) {
    return inChild(
        [&]() -> std::string {
            auto laboratory = lab::Laboratory::open();
            if (!laboratory)
                return laboratory.error().message;
            EndingScene scene(std::move(*laboratory));
            if (auto wrong = scene.begin() + scene.look(); !wrong.empty())
                return wrong;
            return play(scene);
        },
        uid);
}

} // namespace halfopen::test
