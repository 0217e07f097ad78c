// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/netns_opener.h"

#include "app/bus/bus_operations.h"
#include "app/contract/bus_netns.h"

#include <QPointer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace halfopen {

namespace {

constexpr std::chrono::seconds kSettingsEvery{10}; // as of any namespace that is not in view

bool contains(const std::vector<std::uint64_t>& cookies, std::uint64_t cookie) {
    return std::ranges::find(cookies, cookie) != cookies.end();
}

} // namespace

NetnsOpener::NetnsOpener(std::shared_ptr<BusOperations> helper, std::function<void(Order)> send, QObject* parent)
    : QObject(parent)
    , m_helper(std::move(helper))
    , m_send(std::move(send)) {
    m_settings.setInterval(kSettingsEvery);
    connect(&m_settings, &QTimer::timeout, this, &NetnsOpener::readAgain);
}

void NetnsOpener::open(std::vector<NetnsId> procInodes, std::function<void(Outcome<void>)> done) {
    m_helper->openNetns(std::move(procInodes), [self = QPointer(this), done = std::move(done)](auto outcome) {
        if (!self)
            return;
        if (!outcome)
            return done(tl::unexpected(outcome.error()));
        for (NetnsOpened& one : outcome->opened) {
            if (!contains(self->m_cookies, one.cookie))
                self->m_cookies.push_back(one.cookie);
            self->m_send(std::move(one));
        }
        self->m_settings.start();
        if (outcome->refused.empty())
            done({});
        else
            done(tl::unexpected(outcome->refused.front()));
    });
}

/// Of those that are gone nothing comes any more. Where nothing can be read, as the helper has ended and whoever asks
/// anew would have to prove who they are, that is what is told: the last values may not be those in effect.
void NetnsOpener::readAgain() {
    m_helper->readSettings(m_cookies, [self = QPointer(this), asked = m_cookies](const auto& settings) {
        if (!self)
            return;
        if (!settings && settings.error().kind == PrivilegeErrorKind::Busy)
            return; // the next time
        if (!settings) {
            for (const std::uint64_t cookie : asked)
                self->m_send(NetnsSettings{cookie, sysctlsFrom({})});
            return;
        }
        const auto isGone = [&](std::uint64_t cookie) {
            return contains(asked, cookie) &&
                   std::ranges::find(*settings, cookie, &NetnsSettings::cookie) == settings->end();
        };
        std::erase_if(self->m_cookies, isGone);
        for (const NetnsSettings& one : *settings)
            self->m_send(one);
        if (self->m_cookies.empty())
            self->m_settings.stop();
    });
}

} // namespace halfopen
