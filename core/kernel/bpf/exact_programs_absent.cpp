// SPDX-License-Identifier: GPL-3.0-or-later
// Of a build without clang or libbpf.
#include "core/kernel/bpf/exact_programs.h"

namespace halfopen {

bool ExactPrograms::mayLoad() {
    return false;
}

Result<void> ExactPrograms::check() {
    return failure(ErrorCode::NotSupported, Sentence::tr("This program was built without BPF."));
}

Result<std::shared_ptr<const ExactPrograms>> ExactPrograms::load(const Wanted&) {
    return tl::unexpected(check().error());
}

} // namespace halfopen
