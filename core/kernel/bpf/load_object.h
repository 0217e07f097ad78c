// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <bpf/libbpf.h>

#include <memory>

namespace halfopen {

struct CloseObject {
    void operator()(bpf_object* object) const { bpf_object__close(object); }
};
/// Programs and maps of one file, in the kernel or about to be loaded.
using BpfObject = std::unique_ptr<bpf_object, CloseObject>;

struct DestroyLink {
    void operator()(bpf_link* link) const { bpf_link__destroy(link); } // what is pinned stays
};
/// A program at its place.
using BpfLink = std::unique_ptr<bpf_link, DestroyLink>;

/// Opens the bytes of a NAME.bpf.o; loads nothing. From now on libbpf prints nothing: library code never logs, what is
/// wrong is told by the errno.
/// @return null and errno where it fails
BpfObject openObject(const unsigned char* first, const unsigned char* end);

/// Whether the kernel tells of its own structures (BTF), without which no program of ours can be loaded.
bool hasTypes();

/// Why the kernel did not take a program.
/// @param otherwise  said where it is neither a right nor BTF that is missing
Error loadError(int error, Sentence otherwise);

} // namespace halfopen
