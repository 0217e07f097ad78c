// SPDX-License-Identifier: GPL-3.0-or-later
// Of a build without clang or libbpf.
#include "core/kernel/bpf/socket_changer.h"

namespace halfopen {

Result<ChangePass> changeSockets(std::span<const WantedChange>, const NetnsAccess&) {
    return failure(ErrorCode::NotSupported, Sentence::tr("This program was built without BPF."));
}

Result<ChangePass> changeSockets(std::span<const std::uint64_t>, const OptionsChange&, const NetnsAccess& netns) {
    return changeSockets(std::span<const WantedChange>(), netns);
}

} // namespace halfopen
