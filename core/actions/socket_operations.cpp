// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/socket_operations.h"

#include "core/actions/socket_checks.h"

#include <utility>

namespace halfopen {

RequestToken SocketOperations::closeWhole(std::uint64_t, std::vector<std::uint64_t> cookies,
                                          Done<std::vector<CloseResult>> done) {
    const auto answer = std::move(done); // whoever overrides it keeps them
    const auto named = std::move(cookies);
    answer(tl::unexpected(PrivilegeError{
        PrivilegeErrorKind::NotSupported,
        Sentence::tr("A whole MPTCP connection is ended by its own user, or by root; the helper ends subflows only."),
        commandToCloseWhole(named)}));
    return 0;
}

} // namespace halfopen
