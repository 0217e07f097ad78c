// SPDX-License-Identifier: GPL-3.0-or-later
// Of a build without clang or libbpf.
#include "core/kernel/bpf/guard_program.h"

namespace halfopen {

namespace {

tl::unexpected<Error> absent() {
    return failure(ErrorCode::NotSupported, Sentence::tr("This program was built without BPF."));
}

} // namespace

Result<std::optional<GuardProgram>> GuardProgram::pinned(const GuardPlaces&) {
    return absent();
}

Result<GuardProgram> GuardProgram::install(const GuardPlaces&, const std::vector<GuardRule>&) {
    return absent();
}

Result<bool> GuardProgram::remove(const GuardPlaces&) {
    return absent();
}

Result<void> GuardProgram::set(const GuardRule&) { // NOLINT(readability-convert-member-functions-to-static)
    return absent();
}

Result<bool> GuardProgram::forget(const std::string&) { // NOLINT(readability-convert-member-functions-to-static)
    return absent();
}

Result<std::vector<GuardState>> GuardProgram::rules() const { // NOLINT(readability-convert-member-functions-to-static)
    return absent();
}

} // namespace halfopen
