// SPDX-License-Identifier: GPL-3.0-or-later
// client PATH: a program of a container. When a file appears at PATH it connects to the address and port in there, with
// keepalive on and everything else as its network namespace has it, and keeps the connection. Static: the container's
// root holds nothing else.
#include <fcntl.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdlib>
#include <cstring>

int main(int, char** argv) {
    char text[64] = {};
    for (ssize_t size = 0; size <= 0; usleep(10'000)) {
        const int file = open(argv[1], O_RDONLY | O_CLOEXEC);
        size = file >= 0 ? read(file, text, sizeof text - 1) : 0;
        if (file >= 0)
            close(file);
    }
    char* const port = std::strchr(text, ' ');
    if (!port)
        return 2;
    *port = 0;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<unsigned short>(std::atoi(port + 1)));
    inet_pton(AF_INET, text, &to.sin_addr);
    const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(connection, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    if (connect(connection, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
        return 3;
    for (;;)
        pause();
}
