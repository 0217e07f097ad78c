// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/load_object.h"

#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <utility>

namespace halfopen {

namespace {

int sayNothing(libbpf_print_level, const char*, std::va_list) {
    return 0;
}

} // namespace

BpfObject openObject(const unsigned char* first, const unsigned char* end) {
    libbpf_set_print(sayNothing);
    return BpfObject(bpf_object__open_mem(first, static_cast<std::size_t>(end - first), nullptr));
}

bool hasTypes() {
    return access("/sys/kernel/btf/vmlinux", R_OK) == 0;
}

Error loadError(int error, Sentence otherwise) {
    if (!hasTypes())
        return {ErrorCode::NotSupported, Sentence::tr("This kernel tells nothing of its own structures: it has no BTF "
                                                      "(/sys/kernel/btf/vmlinux).")};
    if (error == EPERM || error == EACCES)
        return {ErrorCode::NotPermitted,
                Sentence::tr("The kernel lets this process load no BPF programs: {0}.", Errno{error})};
    return {ErrorCode::NotSupported, std::move(otherwise)};
}

} // namespace halfopen
