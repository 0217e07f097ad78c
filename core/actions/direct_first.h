// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_operations.h"
#include "core/model/socket_results.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// Two doors as one: does by the near one what needs no right beyond the caller's own, and sends only the sockets that
/// it refuses for lack of rights (NotAuthorized) to the far one. So nobody is asked for their password over a socket of
/// their own. Answers are merged in the order of the cookies.
///
/// Where the helper refuses its whole call, each socket sent to it carries that refusal; if that was all of them, the
/// refusal is the answer (and the local backend's is forgotten). So with a call that the near one refuses as a whole
/// for lack of rights. Answers when the helper does, on its thread.
class DirectFirst final : public SocketOperations {
public:
    /// @param far  may be shared with others, so that there is one dialog at a time for all
    DirectFirst(std::shared_ptr<SocketOperations> local, std::shared_ptr<SocketOperations> helper)
        : m_local(std::move(local))
        , m_helper(std::move(helper)) {}

    RequestToken inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                         Done<std::vector<SocketReading>> done) override;
    RequestToken setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies, const OptionsChange& change,
                            Done<std::vector<SetResult>> done) override;
    RequestToken close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                       Done<std::vector<CloseResult>> done) override;
    RequestToken closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                            Done<std::vector<CloseResult>> done) override;
    void cancel(RequestToken request) override;

private:
    /// A request that is not answered yet, and the backend it is at.
    struct Open {
        SocketOperations* backend;
        RequestToken token = 0; ///< of the backend
    };

    template <class Answer, class Ask>
    RequestToken submit(std::vector<std::uint64_t> cookies, Ask ask, Done<std::vector<Answer>> done);
    template <class Answer, class Ask>
    void goOn(RequestToken request, const std::vector<std::uint64_t>& cookies, Outcome<std::vector<Answer>> local,
              Ask ask, Done<std::vector<Answer>> done);
    void isAt(RequestToken request, SocketOperations& backend, RequestToken token);

    std::shared_ptr<SocketOperations> m_local;
    std::shared_ptr<SocketOperations> m_helper;
    std::unordered_map<RequestToken, Open> m_open;
    RequestToken m_last = 0;
    std::shared_ptr<const bool> m_life = std::make_shared<const bool>(true); ///< a shared backend may outlive this
};

} // namespace halfopen
