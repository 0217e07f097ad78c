// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_operations.h"
#include "core/model/frame.h"
#include "core/model/privilege_error.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace halfopen::ctl {

/// The verbs on living sockets, each where it lives: in one's own network namespace by `own`, in every other one that
/// this process may enter with its own rights.
class AnyNetnsOperations final : public SocketOperations {
public:
    explicit AnyNetnsOperations(std::unique_ptr<SocketOperations> own)
        : m_own(std::move(own)) {}

    RequestToken inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                         Done<std::vector<SocketReading>> done) override;
    RequestToken setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies, const OptionsChange& change,
                            Done<std::vector<SetResult>> done) override;
    RequestToken close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                       Done<std::vector<CloseResult>> done) override;
    RequestToken closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                            Done<std::vector<CloseResult>> done) override;
    void cancel(RequestToken) override {} ///< each verb has answered when it returns

private:
    /// @return nullptr where it was refused, which `done` was told then
    template <class Answer>
    SocketOperations* in(std::uint64_t netns, const std::string& command, const Done<std::vector<Answer>>& done);

    std::unique_ptr<SocketOperations> m_own;
    std::map<std::uint64_t, Outcome<std::unique_ptr<SocketOperations>>> m_others;
};

/// Sockets of one network namespace.
struct SocketsOfNetns {
    std::uint64_t netns = 0; ///< its inode
    std::vector<std::uint64_t> cookies;
};

/// By where the frame has them, the own one first; there are those, too, that it does not have.
std::vector<SocketsOfNetns> byNetns(const Frame& frame, const std::vector<std::uint64_t>& cookies);

} // namespace halfopen::ctl
