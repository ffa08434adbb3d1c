def write(figures):
    return "\n".join(f"{name}: {value}" for name, value in sorted(figures.items()))
