"""What the screens share: the desk they work at, the box answers are typed into, and the charts."""
