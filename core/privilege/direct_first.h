// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/privilege/socket_operations.h"

#include <memory>

namespace halfopen {

/// Two doors as one: does by the near one what needs no right beyond the caller's own, and sends only the sockets that
/// it refuses for lack of rights (NotAuthorized) to the far one. So nobody is asked for their password over a socket of
/// their own. Answers are merged in the order of the cookies.
///
/// Where the far door refuses its whole call, each socket sent to it carries that refusal; if that was all of them, the
/// refusal is the answer (and the near door's is forgotten). Answers when the far door does, on its thread.
class DirectFirst final : public SocketOperations {
public:
    /// @param near  answers before its verb returns, as DirectSocketOperations does
    DirectFirst(std::unique_ptr<SocketOperations> near, std::unique_ptr<SocketOperations> far)
        : m_near(std::move(near))
        , m_far(std::move(far)) {}

    void inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                 Done<std::vector<SocketReading>> done) override;
    void setOptions(std::uint64_t netns, std::uint64_t cookie, const OptionsChange& change,
                    Done<KeepaliveOptions> done) override;
    void close(std::uint64_t netns, std::vector<std::uint64_t> cookies, Done<std::vector<CloseResult>> done) override;
    void cancel() override;

private:
    std::unique_ptr<SocketOperations> m_near;
    std::unique_ptr<SocketOperations> m_far;
};

} // namespace halfopen
